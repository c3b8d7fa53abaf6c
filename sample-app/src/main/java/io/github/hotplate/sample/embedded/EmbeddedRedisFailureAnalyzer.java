package io.github.hotplate.sample.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.hotplate.test.EmbeddedRedisException;

class EmbeddedRedisFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedRedisException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedRedisException cause) {
		return new FailureAnalysis("The sample's own Redis Cluster did not start. " + cause.getMessage() + ".",
				"Set foo.url to a Redis Cluster of yours, redis://host:port; the sample then starts none.", cause);
	}

}
