package io.github.hotplate.observation;

import org.jspecify.annotations.Nullable;

/**
 * Decides how the spans of commands are named and which attributes they have. A bean of
 * this type replaces the one that {@code hotplate.spans.convention} selects. Must be
 * thread-safe. One that fails is counted as a failure of monitoring; the command runs,
 * without a span or with an incomplete one.
 *
 * @since 0.1.0
 * @see BaseplateSpanConvention
 * @see OpenTelemetrySpanConvention
 */
public interface CommandSpanConvention {

	/**
	 * Return the name of a span. There should be few different ones.
	 * @param command the command that is about to run
	 * @return the name
	 */
	String name(ObservedCommand command);

	/**
	 * Set the attributes that are known before a command runs, and that a sampler may
	 * look at.
	 * @param command the command that is about to run
	 * @param attributes takes the attributes
	 */
	void startAttributes(ObservedCommand command, Attributes attributes);

	/**
	 * Set the attributes that are known once a command has run.
	 * @param command the command
	 * @param failure why it failed, or {@code null} if it did not. The message may quote
	 * keys and values
	 * @param attributes takes the attributes
	 */
	void endAttributes(ObservedCommand command, @Nullable Throwable failure, Attributes attributes);

	/**
	 * Takes the attributes of a span.
	 */
	interface Attributes {

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

}
