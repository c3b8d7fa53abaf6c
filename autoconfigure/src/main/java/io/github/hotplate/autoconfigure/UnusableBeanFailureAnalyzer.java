package io.github.hotplate.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains an {@link UnusableBeanException}.
 */
final class UnusableBeanFailureAnalyzer extends AbstractFailureAnalyzer<UnusableBeanException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableBeanException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", cause.getAction(), cause);
	}

}
