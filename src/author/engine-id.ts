/** What sources are built with where nothing else is said: the last of `authorEngines`. */
export const newestEngineId = 'qjs-2';
