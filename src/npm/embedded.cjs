// The bytes of the module as a part of the code, for servers: their bundlers move scripts, and leave behind or replace the
// files that scripts read.

module.exports = require('./preflight.wasm');
