export declare function plain(text: string): string;
export declare function counted(count: number, noun: string): string;
