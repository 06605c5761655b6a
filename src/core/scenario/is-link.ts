/** Whether a link's fragment (with or without `#`) claims to hold a scenario. */
export const isLink = (fragment: string) => /^#?td\d+\./.test(fragment);
