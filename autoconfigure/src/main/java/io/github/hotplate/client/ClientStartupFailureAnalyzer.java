package io.github.hotplate.client;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a {@link ClientStartupException}.
 */
final class ClientStartupFailureAnalyzer extends AbstractFailureAnalyzer<ClientStartupException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ClientStartupException cause) {
		return new FailureAnalysis(cause.getDescription(), cause.getAction(), cause);
	}

}
