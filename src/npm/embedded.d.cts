// The bundler replaces preflight.wasm by its bytes.
declare const bytes: Uint8Array<ArrayBuffer>;
export = bytes;
