import { get } from 'wasi:config/store@0.2.0-rc.1';
import { getJson } from './http.js';

function place(city, key) {
	const query = `name=${encodeURIComponent(city)}&key=${encodeURIComponent(key)}`;
	const [found] = getJson(`https://geocoding.example.com/v1/search?${query}`).results;
	if (!found) throw new Error(`No such place: ${city}`);
	return found;
}

/** What is thrown becomes the `err` of the tool's result. */
export function getWeather(city) {
	const key = get('WEATHER_API_KEY');
	if (key === null) throw 'WEATHER_API_KEY is not set';
	try {
		const { name, country, latitude, longitude } = place(city, key);
		const query = `latitude=${latitude}&longitude=${longitude}`;
		const { temperature, wind, sky } = getJson(`https://forecast.example.com/v1/now?${query}`);
		return `${name}, ${country}: ${temperature} °C, ${sky}, wind ${wind} km/h`;
	} catch (error) {
		throw error.message;
	}
}
