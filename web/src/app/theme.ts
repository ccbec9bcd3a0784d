import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const iris: MantineColorsTuple = [
    '#eef0ff', '#dcdffb', '#b6bcf2', '#8e97ea', '#6c77e3', '#5764df', '#4353d8', '#3a48c0',
    '#323fac', '#273598',
];

const ink: MantineColorsTuple = [
    '#d5d9e2', '#b3bac8', '#98a1b3', '#727c90', '#3b4354', '#2a3140', '#1f2531', '#171c26',
    '#11151d', '#0b0e14',
];

const title = { fontSize: '1.0625rem', fontWeight: 650 };

export const theme = createTheme({
    primaryColor: 'iris',
    primaryShade: { light: 6, dark: 5 },
    colors: { iris, dark: ink },
    fontFamily: '"Inter Variable", system-ui, -apple-system, "Segoe UI", "Noto Sans KR", sans-serif',
    fontFamilyMonospace: 'ui-monospace, "SF Mono", "JetBrains Mono", Menlo, Consolas, monospace',
    fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
    headings: {
        fontWeight: '650',
        sizes: {
            h1: { fontSize: '1.375rem', lineHeight: '1.3' },
            h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
            h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
        },
    },
    defaultRadius: 'md',
    cursorType: 'pointer',
    focusRing: 'auto',
    components: {
        Button: { defaultProps: { size: 'sm' } },
        Card: {
            defaultProps: { withBorder: true, padding: 'md', shadow: 'none' },
            styles: { root: { backgroundColor: 'var(--surface-raised)' } },
        },
        Code: { styles: { root: { backgroundColor: 'var(--surface-sunken)', border: '1px solid var(--line)' } } },
        Drawer: { styles: { title } },
        InputWrapper: { styles: { label: { marginBottom: 3 } } },
        Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } }, styles: { title } },
        Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
        Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none' } },
        Table: { defaultProps: { verticalSpacing: 'xs' } },
    },
});

const shared = {
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-gray-outline': 'var(--muted)',
};

/** A pale ground, the same below the mouse, and words that can be read on both. */
const tint = (name: string, ground: string, hovered: string, words: string) => ({
    [`--mantine-color-${name}-light`]: ground,
    [`--mantine-color-${name}-light-hover`]: hovered,
    [`--mantine-color-${name}-light-color`]: words,
});

/** Darker words on tinted grounds, so that each pair has the contrast that WCAG AA asks for. */
export const variables: CSSVariablesResolver = () => ({
    variables: {},
    light: {
        ...shared,
        ...tint('teal', '#e0f5eb', '#d0efdf', '#076047'),
        ...tint('red', '#fdebec', '#fadcde', '#a61e2c'),
        ...tint('orange', '#fdf0e0', '#fae4c8', '#8f4700'),
        ...tint('gray', '#eef0f4', '#e3e6ec', '#4c5565'),
        ...tint('blue', '#e6f1fc', '#d5e7fa', '#175092'),
        ...tint('iris', '#eceefe', '#dfe2fc', '#3a48c0'),
        '--mantine-color-placeholder': '#646c7a',
        '--mantine-color-anchor': '#3a48c0',
    },
    dark: {
        ...shared,
        '--mantine-color-body': 'var(--surface-raised)',
        ...tint('teal', '#163229', '#1b3d32', '#6fe0ab'),
        ...tint('red', '#38212a', '#452732', '#ff9fa7'),
        ...tint('orange', '#372a20', '#443426', '#ffc07e'),
        ...tint('gray', '#262d3a', '#2f3746', '#c1c8d6'),
        ...tint('blue', '#1b2d44', '#213753', '#93c8ff'),
        ...tint('iris', '#262c4d', '#2f365e', '#bcc2fb'),
        '--mantine-color-placeholder': '#8f98a8',
        '--mantine-color-anchor': '#a9b1ff',
    },
});
