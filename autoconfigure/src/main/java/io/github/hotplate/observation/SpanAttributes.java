package io.github.hotplate.observation;

/**
 * Takes the attributes of a span.
 *
 * @since 0.1.0
 */
public interface SpanAttributes {

	/**
	 * Set an attribute.
	 * @param key its key
	 * @param value its value
	 */
	void put(String key, String value);

	/**
	 * Set an attribute that is a number.
	 * @param key its key
	 * @param value its value
	 */
	void put(String key, long value);

}
