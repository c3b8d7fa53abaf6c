package io.github.hotplate.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Registers the meters of all clients of an application, and removes them with it.
 *
 * @param <T> the part of a client that is measured
 */
final class MetricsBinder<T> implements SmartInitializingSingleton, DisposableBean {

	private final ObjectProvider<T> measured;

	private final Function<T, AutoCloseable> binder;

	private final MonitoringFailures failures;

	private final List<AutoCloseable> metrics = new ArrayList<>();

	MetricsBinder(ObjectProvider<T> measured, Function<T, AutoCloseable> binder, MonitoringFailures failures) {
		this.measured = measured;
		this.binder = binder;
		this.failures = failures;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.measured.forEach(this::bind);
	}

	private void bind(T part) {
		try {
			this.metrics.add(this.binder.apply(part));
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.METRICS, ex);
		}
	}

	@Override
	public void destroy() {
		this.metrics.forEach(this::close);
	}

	private void close(AutoCloseable metrics) {
		try {
			metrics.close();
		}
		catch (Exception ex) {
			this.failures.note(Part.METRICS, ex);
		}
	}

}
