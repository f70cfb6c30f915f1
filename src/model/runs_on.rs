//! 运行方式: what the engine runs on where JavaScript asks it.

use super::named::named;

named! {
    /// 运行方式: what the engine runs on.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    RunsOn {
        /// WebAssembly.
        Wasm = "wasm";
        /// Its translation to JavaScript.
        Js = "js";
    }
}
