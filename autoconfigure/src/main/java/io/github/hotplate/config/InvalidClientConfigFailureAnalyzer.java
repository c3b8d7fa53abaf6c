package io.github.hotplate.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports the invalid property of a client, its origin, and the remedy.
 */
final class InvalidClientConfigFailureAnalyzer extends AbstractFailureAnalyzer<InvalidClientConfigException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidClientConfigException cause) {
		StringBuilder description = new StringBuilder(cause.getKey() + ": " + cause.getReason());
		if (cause.getValue() != null || cause.getOrigin() != null) {
			description.append(System.lineSeparator());
			append(description, "Value", cause.getValue());
			append(description, "Origin", cause.getOrigin());
		}
		return new FailureAnalysis(description.toString(), cause.getAction(), cause);
	}

	private static void append(StringBuilder description, String label, @Nullable String text) {
		if (text != null) {
			description.append(System.lineSeparator()).append("    ").append(label).append(": ").append(text);
		}
	}

}
