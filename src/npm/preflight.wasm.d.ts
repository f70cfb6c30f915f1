// What importing the module itself gives, in hosts and bundlers that compile it.

declare const module: WebAssembly.Module;
export default module;
