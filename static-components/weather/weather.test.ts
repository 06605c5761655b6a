import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cannedHttp } from '../canned-http';
import { failureOf, instantiate } from '../run-in-node';

const bytes = new Uint8Array(readFileSync(new URL('weather.wasm', import.meta.url)));
const { scenario } = JSON.parse(readFileSync(new URL('sample.json', import.meta.url), 'utf8'));

const withVariables = async (variables: Record<string, string>, routes = scenario.world.routes) => {
	const { imports, requests } = cannedHttp(routes);
	const store = { get: (key: string) => variables[key], getAll: () => Object.entries(variables) };
	const component = await instantiate(bytes, { imports: { ...imports, 'wasi:config/store': store } });
	return { getWeather: component.getWeather, requests };
};

describe('weather', () => {
	test('asks where the city is, and then what the weather is there', async () => {
		const { getWeather, requests } = await withVariables({ WEATHER_API_KEY: 'k y' });
		expect(getWeather('Paris')).toBe('Paris, France: 12.5 °C, cloudy, wind 9 km/h');
		expect(requests).toEqual([
			'GET https://geocoding.example.com/v1/search?name=Paris&key=k%20y',
			'GET https://forecast.example.com/v1/now?latitude=48.85&longitude=2.35',
		]);
	});

	test('asks nobody without its key', async () => {
		const { getWeather, requests } = await withVariables({});
		expect(failureOf(() => getWeather('Paris'))).toBe('WEATHER_API_KEY is not set');
		expect(requests).toEqual([]);
	});

	test('says which host it may not ask', async () => {
		const { getWeather } = await withVariables({ WEATHER_API_KEY: 'k' }, []);
		expect(failureOf(() => getWeather('Paris'))).toBe('geocoding.example.com: HTTP-request-denied');
	});

	test('says that it does not know a place', async () => {
		const { getWeather } = await withVariables({ WEATHER_API_KEY: 'k' });
		expect(failureOf(() => getWeather('Nowhere'))).toBe('No such place: Nowhere');
	});
});
