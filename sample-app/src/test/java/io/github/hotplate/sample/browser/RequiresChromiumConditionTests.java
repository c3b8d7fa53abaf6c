package io.github.hotplate.sample.browser;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class RequiresChromiumConditionTests {

	private final ExtensionContext context = mock();

	@Test
	void skipsWithoutChromiumAndSaysSoInOneLine(CapturedOutput output) {
		given(this.context.getDisplayName()).willReturn("BrowserTests");
		assertThat(new RequiresChromiumCondition(Optional::empty).evaluateExecutionCondition(this.context).isDisabled())
			.isTrue();
		assertThat(output.toString().lines()).singleElement()
			.asString()
			.contains("Skipped BrowserTests", "apt install chromium chromium-driver");
	}

	@Test
	void runsWithChromium(CapturedOutput output) {
		Chromium chromium = new Chromium(Path.of("chromium"), Path.of("chromedriver"));
		assertThat(new RequiresChromiumCondition(() -> Optional.of(chromium)).evaluateExecutionCondition(this.context)
			.isDisabled()).isFalse();
		assertThat(output).isEmpty();
	}

}
