// What the engine answered, read from its memory; the format is described in src/reply.rs.

/** One that takes no mark off the front of a text. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** The end of a list or an object. */
const END = {};
const CONSTANTS = [null, false, true, END];

/**
 * Reads replies in a memory.
 * @internal
 */
export function reader(memory: WebAssembly.Memory): (address: number) => unknown {
  let numbers = new Int32Array(0);
  /** The texts that the engine is made with, by address; they never change. */
  const fixed = new Map<number, string>();
  /** The names of the fields of each kind of object that was told. */
  const kinds: string[][] = [];
  /** The texts made for this reply. */
  let made = '';
  /** How far numbers and texts have been read. */
  let at = 0;
  let end = 0;

  const text = (address: number, length: number) => decoder.decode(new Uint8Array(memory.buffer, address, length));

  function value(): unknown {
    const word = numbers[at++];
    const rest = word >>> 3;
    switch (word & 7) {
      case 0: return CONSTANTS[rest];
      case 1: return numbers[at++];
      case 2: {
        const address = numbers[at++];
        let known = fixed.get(address);
        if (known === undefined) fixed.set(address, (known = text(address, rest)));
        return known;
      }
      case 3: return made.slice(end, (end += rest));
      case 4: {
        const list = [];
        for (let item = value(); item !== END; item = value()) list.push(item);
        return list;
      }
      case 7: {
        const object: Record<string, unknown> = {};
        for (const name of kinds[rest]) object[name] = value();
        return object;
      }
      default: {
        const object: Record<string, unknown> = {};
        const names: string[] = [];
        if (word === 6) kinds.push(names);
        for (let name = value(); name !== END; name = value()) {
          names.push(name as string);
          object[name as string] = value();
        }
        return object;
      }
    }
  }

  return (address) => {
    if (numbers.buffer !== memory.buffer) numbers = new Int32Array(memory.buffer); // memory that grew has moved
    at = address >>> 2;
    made = text(numbers[at++], numbers[at++]);
    end = 0;
    return value();
  };
}
