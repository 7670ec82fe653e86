/** One instance of PostgreSQL's parser in WebAssembly, as Emscripten makes it; the package's own types leave it out. */
declare module 'libpg-query/wasm/libpg-query.js' {
  export type ParserModule = {
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, pointer: number, bytes: number): void;
    UTF8ToString(pointer: number): string;
    getValue(pointer: number, type: 'i32'): number;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(text: number): number;
    _wasm_free_parse_result(result: number): void;
  };

  export default function makeParser(): Promise<ParserModule>;
}
