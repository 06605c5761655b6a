export { defineType, describeFunction, describeType } from './describe-type';
export { argumentsFromJson, fromJson, type ArgumentManners, type LoweredArguments } from './from-json';
export { camelCase, exportedAs, exportKeys, pascalCase, toolName } from './names';
export { parseWit, type WitItem, type WitProblem, type WitWorld } from './parse-wit';
export { inputSchemaOf, outputSchemaOf, schemaOf } from './schema';
export { returnedToJson, taggedResult, thrownToJson, toJson, type ResultJson } from './to-json';
export { toolsOf } from './tools-of';
export type { ComponentValue } from './values';
