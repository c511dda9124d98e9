// What the build puts in. Types only.
/// <reference types="vite/client" />
declare const __FERRY_VERSION__: string;
