/** @rjsf/core has a helper for its own tests that names ajv, which generates code. */
export { validator as default } from './schema_validator';
