package io.github.hotplate.hotkey;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * State that is reached only under its lock. Thread-safe.
 *
 * @param <S> the type of the state
 */
final class Locked<S> {

	private final ReentrantLock lock = new ReentrantLock();

	private final S state;

	Locked(S state) {
		this.state = state;
	}

	/**
	 * Read the state under the lock.
	 * @param <T> the type of the result
	 * @param reader copies the values it needs
	 * @return the result
	 */
	<T> T read(Function<? super S, T> reader) {
		this.lock.lock();
		try {
			return reader.apply(this.state);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Change the state.
	 * @param writer changes it
	 */
	void write(Consumer<? super S> writer) {
		this.lock.lock();
		try {
			writer.accept(this.state);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Change the state unless another thread holds the lock.
	 * @param writer changes it
	 * @return whether it was called
	 */
	boolean tryWrite(Consumer<? super S> writer) {
		if (!this.lock.tryLock()) {
			return false;
		}
		try {
			writer.accept(this.state);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
