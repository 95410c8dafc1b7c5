// One copy of the types serves both builds: an ES module may name what a CommonJS one has, not the other way round.
export * from "../commonjs/dist/index.js";
