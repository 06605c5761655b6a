export declare const inside: Readonly<
	Record<'libraries' | 'binary' | 'components' | 'home' | 'secrets', string>
>;
export declare const componentsPlace: string;
