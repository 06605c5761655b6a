import type { Document, Pair, ParsedNode, YAMLMap, YAMLSeq } from 'yaml';

/** A node of a text that was read: it has a place in it, as one that is made by hand has not. `isMap` and `isSeq` of the library narrow it. */
export type YamlNode = ParsedNode;

/** A value: null where nothing is written. */
export type YamlValue = YamlNode | null;

export type YamlMap = YAMLMap.Parsed;
export type YamlList = YAMLSeq.Parsed;
export type YamlEntry = Pair<YamlNode, YamlValue>;

/** A text that was read. Aliases may have been put into its contents, which are null where it holds nothing. */
export type YamlDocument = Document.Parsed;
