export { parsePattern, patternLimits, type UrlPattern } from './parse-pattern';
