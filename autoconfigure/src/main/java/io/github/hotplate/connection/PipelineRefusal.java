package io.github.hotplate.connection;

import java.lang.reflect.Proxy;
import java.util.Locale;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Rejects the methods that cannot run in a pipeline.
 */
final class PipelineRefusal {

	private PipelineRefusal() {
	}

	/**
	 * Return methods that all fail.
	 * @param <T> the type of the group of methods
	 * @param type the interface that declares the methods
	 * @return the methods
	 */
	static <T> T of(Class<T> type) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				throw new InvalidDataAccessApiUsageException(method.getName().toUpperCase(Locale.ROOT)
						+ " cannot be pipelined: it contacts several nodes. Call it outside of the pipeline");
			}));
	}

}
