/** How a release writes numbers: since 0.3.0 an exponent has its plus sign. */
export type ExponentStyle = 'plus' | 'bare';

/**
 * A finite float as Rust's `serde_json` writes it: with a point, and with an exponent from 1e16 up and below 1e-5. What is not finite
 * has no JSON, and is written as null.
 */
export function floatText(value: number, exponents: ExponentStyle): string {
	if (!Number.isFinite(value)) return 'null';
	if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
	const size = Math.abs(value);
	if (size < 1e16 && size >= 1e-5) {
		const text = String(value);
		return text.includes('.') ? text : `${text}.0`;
	}
	const text = value.toExponential();
	return exponents === 'plus' ? text : text.replace('e+', 'e');
}
