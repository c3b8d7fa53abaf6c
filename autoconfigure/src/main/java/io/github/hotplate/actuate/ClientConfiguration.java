package io.github.hotplate.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

import io.github.hotplate.actuate.ClientReport.ConfigurationReport;
import io.github.hotplate.config.ConfigEntry;
import io.github.hotplate.config.InvalidClientConfigException;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * The configuration of clients as it may be shown. Passwords are masked unless values are
 * to be shown, and the application's sanitizing functions have the last word on all of
 * them.
 */
final class ClientConfiguration {

	private static final String DEFAULT = "default";

	private final Function<String, List<ConfigEntry>> entries;

	private final Sanitizer sanitizer;

	private final MonitoringFailures failures;

	/**
	 * Create an instance.
	 * @param entries gives the entries of a client by its name
	 * @param functions the application's sanitizing functions, in their order
	 * @param failures is told when one of them fails
	 */
	ClientConfiguration(Function<String, List<ConfigEntry>> entries, Iterable<SanitizingFunction> functions,
			MonitoringFailures failures) {
		this.entries = entries;
		this.sanitizer = new Sanitizer(functions);
		this.failures = failures;
	}

	Map<String, ConfigurationReport> of(String client, boolean showValues) {
		Map<String, ConfigurationReport> reports = new LinkedHashMap<>();
		entries(client).forEach((entry) -> reports.put(entry.key(), new ConfigurationReport(sanitize(entry, showValues),
				(entry.origin() != null) ? entry.origin() : DEFAULT)));
		return reports;
	}

	private List<ConfigEntry> entries(String client) {
		try {
			return this.entries.apply(client);
		}
		catch (InvalidClientConfigException ex) {
			// The pool is the application's own.
			return List.of();
		}
	}

	private @Nullable Object sanitize(ConfigEntry entry, boolean showValues) {
		String value = showValues ? entry.value() : entry.masked();
		try {
			return this.sanitizer.sanitize(new SanitizableData(entry.source(), entry.key(), value), true);
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.ENDPOINT, "SanitizingFunction, " + entry.key(), withoutMessage(ex));
			return SanitizableData.SANITIZED_VALUE;
		}
	}

	// The message may quote the value.
	private static RuntimeException withoutMessage(RuntimeException failure) {
		RuntimeException shown = new IllegalStateException(
				"A SanitizingFunction threw " + failure.getClass().getName());
		shown.setStackTrace(failure.getStackTrace());
		return shown;
	}

}
