package org.nettyglib.ffi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that C holds for objects of ours, as its {@code user_data}. A number is never given twice, so that a callback which
 * comes too late finds nothing instead of another's object. From any thread.
 *
 * @param <T> what the numbers stand for
 */
public final class Tokens<T> {
    private static final int INITIAL_CAPACITY = 64;

    private @Nullable Object[] objects = new @Nullable Object[INITIAL_CAPACITY];
    private int[] generations = new int[INITIAL_CAPACITY];
    private int[] free = new int[INITIAL_CAPACITY];
    private int freeCount;
    private int used;

    /** {@return a new number for an object, which is kept until the number is removed; never 0} */
    public synchronized long add(T object) {
        int index;
        if (freeCount > 0) {
            index = free[--freeCount];
        } else {
            index = used++;
            if (index == objects.length) {
                objects = Arrays.copyOf(objects, index * 2);
                generations = Arrays.copyOf(generations, index * 2);
            }
        }
        objects[index] = object;
        return token(index, ++generations[index]);
    }

    /** {@return the object of a number, or null if it was removed} */
    public synchronized @Nullable T get(long token) {
        return isKnown(token) ? object(index(token)) : null;
    }

    /** {@return the object of a number, which stands for nothing any more; null if it was removed before} */
    public synchronized @Nullable T remove(long token) {
        if (!isKnown(token)) {
            return null;
        }
        int index = index(token);
        T object = object(index);
        objects[index] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = index;
        return object;
    }

    /** {@return how many objects are kept} */
    public synchronized int size() {
        return used - freeCount;
    }

    private boolean isKnown(long token) {
        int index = index(token);
        return index >= 0 && index < used && generations[index] == generation(token) && objects[index] != null;
    }

    @SuppressWarnings("unchecked")
    private @Nullable T object(int index) {
        return (T) objects[index];
    }

    // An index in the lower half, plus one so that no token is null to C; how often it was given in the upper half.

    static long token(int index, int generation) {
        return ((long) generation << Integer.SIZE) | (index + 1);
    }

    static int index(long token) {
        return (int) token - 1;
    }

    static int generation(long token) {
        return (int) (token >>> Integer.SIZE);
    }
}
