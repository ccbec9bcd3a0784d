import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
    { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts'] },
    ...tseslint.configs.strict,
    reactHooks.configs.flat.recommended,
    {
        rules: {
            '@typescript-eslint/consistent-type-imports': 'error',
            '@typescript-eslint/no-explicit-any': 'error',
            '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_+$' }],
            // The virtual list is meant to be drawn at each scroll.
            'react-hooks/incompatible-library': 'off',
            'max-lines': ['error', 300],
            'no-console': 'error',
        },
    },
);
