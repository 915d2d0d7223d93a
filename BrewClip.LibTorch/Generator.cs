using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own. Disposable; one thread at a time.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        private Generator(nint handle, Device device)
        {
            this.handle = handle;
            this.device = device;
        }

        /// <summary>A generator with the given seed, for tensors on the given device.</summary>
        public Generator(ulong seed = 0, Device? device = null)
            : this(
                NativeMethods.Check(
                    NativeMethods.brew_new_generator((long)seed, (int)(device?.type ?? DeviceType.CPU), device?.index ?? -1)),
                device ?? CPU)
        {
        }

        /// <summary>Returns the native memory of a generator that nobody disposed.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The native generator.</summary>
        /// <exception cref="InvalidOperationException">The generator was disposed.</exception>
        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Generator invalid -- empty handle.");

        /// <summary>The device whose tensors it fills.</summary>
        public Device device { get; }

        /// <summary>The process-wide generator of the CPU: what is used when none is given.</summary>
        public static Generator Default => new(NativeMethods.Check(NativeMethods.brew_default_generator()), CPU);

        /// <summary>The state as bytes, to be set again later.</summary>
        public Tensor get_state() => new(NativeMethods.Check(NativeMethods.brew_generator_state(Handle)));

        /// <summary>Goes back to a state taken before.</summary>
        public void set_state(Tensor value)
        {
            NativeMethods.Check(NativeMethods.brew_set_generator_state(Handle, value.Handle));
            GC.KeepAlive(value);
        }

        /// <summary>Starts over from a seed; returns this generator.</summary>
        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.brew_generator_seed(Handle, seed));
            return this;
        }

        /// <summary>Starts over from a seed taken from the clock, which it returns.</summary>
        public long seed()
        {
            long seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        /// <summary>The seed it last started from.</summary>
        public long initial_seed() => NativeMethods.brew_generator_initial_seed(Handle);

        /// <summary>Returns the native memory.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Returns the native memory; a finaliser passes false.</summary>
        protected virtual void Dispose(bool disposing)
        {
            nint owned = Interlocked.Exchange(ref handle, 0);
            if (owned != 0) NativeMethods.brew_free_generator(owned);
        }
    }

    /// <summary>The process-wide source of random numbers.</summary>
    public static partial class random
    {
        /// <summary>Starts over from the clock; returns the seed.</summary>
        public static long seed() => manual_seed(DateTime.UtcNow.Ticks).initial_seed();

        /// <summary>The seed last started from.</summary>
        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        /// <summary>Starts over from a seed on every device; returns the CPU's generator.</summary>
        public static Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.brew_manual_seed(seed));
            return Generator.Default;
        }

        /// <summary>The state as bytes.</summary>
        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        /// <summary>Goes back to a state taken before.</summary>
        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    /// <summary>Starts over from the clock; returns the seed.</summary>
    public static long seed() => random.seed();

    /// <summary>Starts over from a seed on every device; returns the CPU's generator.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>The seed last started from.</summary>
    public static long initial_seed() => random.initial_seed();

    /// <summary>The state of the process-wide generator as bytes.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Goes back to a state of the process-wide generator taken before.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);
}
