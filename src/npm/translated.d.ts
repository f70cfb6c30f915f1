// What the module's translation to JavaScript exports.

/** Starts it, as `WebAssembly.instantiate` would the module, with what the module imports; gives what the module exports. */
export function instantiate(imports: WebAssembly.Imports): object;
