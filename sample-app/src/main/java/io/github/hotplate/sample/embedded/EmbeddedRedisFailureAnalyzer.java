package io.github.hotplate.sample.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.hotplate.test.EmbeddedRedisException;

class EmbeddedRedisFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedRedisException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedRedisException cause) {
		return new FailureAnalysis("The sample's own Redis did not start. " + cause.getMessage() + ".",
				"Set foo.url to a Redis of yours, redis://host:port, and foo.mode to cluster, sentinel, standalone or "
						+ "sharded; the sample then starts none.",
				cause);
	}

}
