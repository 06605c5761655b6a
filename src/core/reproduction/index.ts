export { isComplete, reproductionWords, spansOf, type ReleaseRun, type Reproduction } from './reproduction';
export { reproductionPicture } from './reproduction-picture';
export { reproductionTable, runWords } from './reproduction-table';
