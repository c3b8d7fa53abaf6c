package io.github.hotplate.autoconfigure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/**
 * Explains a failed cast of a client's connection factory to that of a driver.
 */
@Order(0)
final class ConnectionFactoryCastFailureAnalyzer extends AbstractFailureAnalyzer<ClassCastException> {

	private static final Pattern MESSAGE = Pattern.compile(
			"class io\\.github\\.hotplate\\.connection\\.\\w+ cannot be cast to class ([\\w.]+) .*", Pattern.DOTALL);

	private final ClientNames clients;

	ConnectionFactoryCastFailureAnalyzer(BeanFactory beanFactory) {
		this.clients = new ClientNames(beanFactory);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ClassCastException cause) {
		Matcher matcher = MESSAGE.matcher(String.valueOf(cause.getMessage()));
		if (!matcher.matches()) {
			return null;
		}
		String type = matcher.group(1);
		return UnavailableType.of(type)
			.map((unavailable) -> unavailable.explain("A connection factory was cast to " + type + ".",
					this.clients.all(), cause))
			.orElse(null);
	}

}
