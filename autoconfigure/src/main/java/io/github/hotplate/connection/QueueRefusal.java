package io.github.hotplate.connection;

import java.lang.reflect.Proxy;
import java.util.Locale;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Rejects what cannot be queued in a pipeline or a transaction, and would run at once.
 */
enum QueueRefusal {

	PIPELINE("cannot be pipelined: it chooses its nodes itself. Call it outside of the pipeline"),

	TRANSACTION("cannot run in a transaction: it chooses its nodes itself, and a transaction runs on one. "
			+ "Call it before multi() or after exec()");

	private final String reason;

	QueueRefusal(String reason) {
		this.reason = reason;
	}

	/**
	 * Return methods that all fail.
	 * @param <T> the type of the group of methods
	 * @param type the interface that declares the methods
	 * @return the methods
	 */
	<T> T of(Class<T> type) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				throw of(method.getName().toUpperCase(Locale.ROOT));
			}));
	}

	InvalidDataAccessApiUsageException of(String command) {
		return new InvalidDataAccessApiUsageException(command + " " + this.reason);
	}

}
