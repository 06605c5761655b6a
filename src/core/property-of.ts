/** A property of whatever came from outside; undefined where it has none. */
export function propertyOf(value: unknown, name: PropertyKey): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
