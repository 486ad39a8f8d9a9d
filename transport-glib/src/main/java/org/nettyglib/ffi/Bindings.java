package org.nettyglib.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Makes the method handles of the classes whose names begin with {@code Lib}.
 *
 * <p>Pointers are passed as {@code long}: a {@link java.lang.foreign.MemorySegment} for each argument would be an
 * allocation on the hot path. Only 64-bit Linux is supported, where the two are the same to the C calling convention.
 */
public final class Bindings {
    private static final Linker LINKER = Linker.nativeLinker();

    private final String library;
    private final SymbolLookup lookup;

    private Bindings(String library, SymbolLookup lookup) {
        this.library = library;
        this.lookup = lookup;
    }

    /**
     * The functions of the C library that the JVM itself is linked with.
     */
    @SuppressWarnings("restricted")
    static Bindings ofLibC() {
        return new Bindings("the C library", LINKER.defaultLookup());
    }

    /**
     * The functions of a shared library, which stays loaded for the life of the JVM.
     *
     * @throws UnsatisfiedLinkError if the library is not there; the message says what to install
     */
    @SuppressWarnings("restricted")
    public static Bindings of(String soname, String howToGet) {
        try {
            return new Bindings(soname, SymbolLookup.libraryLookup(soname, Arena.global()));
        } catch (IllegalArgumentException e) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(soname + " was not found: " + howToGet);
            error.initCause(e);
            throw error;
        }
    }

    @SuppressWarnings("restricted")
    public MethodHandle bind(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(
                lookup.find(name).orElseThrow(() -> new UnsatisfiedLinkError(library + " has no function " + name)),
                type,
                options);
    }

    /** A function that returns a value. */
    public MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
        return bind(name, FunctionDescriptor.of(result, arguments));
    }

    /** A function that returns nothing. */
    public MethodHandle bindVoid(String name, MemoryLayout... arguments) {
        return bind(name, FunctionDescriptor.ofVoid(arguments));
    }

    /** Whether the library has a function, which a newer version may bring. */
    public boolean has(String name) {
        return lookup.find(name).isPresent();
    }

    /** The address of a function, to hand to C as a function pointer. */
    public long address(String name) {
        return lookup.find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError(library + " has no function " + name))
                .address();
    }

    /**
     * What a downcall throws is always a programming error of the bindings: C functions throw nothing.
     */
    public static AssertionError unexpected(Throwable t) {
        return new AssertionError("a native call failed before it reached C", t);
    }
}
