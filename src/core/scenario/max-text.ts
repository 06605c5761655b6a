/** Characters of a scenario's JSON text that are read at all. */
export const maxScenarioText = 4 * 2 ** 20;
