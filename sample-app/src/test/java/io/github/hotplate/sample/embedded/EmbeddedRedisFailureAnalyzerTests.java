package io.github.hotplate.sample.embedded;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.hotplate.test.EmbeddedRedisException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class EmbeddedRedisFailureAnalyzerTests {

	@Test
	void saysWhatHinderedRedisAndHowToDoWithoutIt() {
		EmbeddedRedisException failure = mock();
		given(failure.getMessage()).willReturn("Embedded Redis does not run on Plan 9");
		FailureAnalysis analysis = new EmbeddedRedisFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription())
			.isEqualTo("The sample's own Redis did not start. Embedded Redis does not run on Plan 9.");
		assertThat(analysis.getAction()).contains("foo.url", "redis://", "foo.mode", "sentinel", "standalone",
				"sharded");
	}

}
