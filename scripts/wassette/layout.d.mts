export declare const inside: Readonly<
	Record<'libraries' | 'binary' | 'components' | 'home' | 'secrets' | 'ownComponents', string>
>;
export declare const componentsPlace: string;
