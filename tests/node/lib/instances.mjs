// The instances of WebAssembly that are made, for tests that look at their memory; to be imported before the package.

/** Every instance so far. */
export const instances = [];

const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => {
  const instance = await instantiate(...given);
  instances.push(instance);
  return instance;
};
