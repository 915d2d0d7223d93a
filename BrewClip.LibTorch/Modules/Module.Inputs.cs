namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What can be called with one input.</summary>
        public interface IModule<T, TResult>
        {
            /// <summary>Runs the module.</summary>
            TResult call(T input1);
        }

        /// <summary>A module of one input.</summary>
        public abstract class Module<T, TResult>
            : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            /// <summary>Starts an empty module.</summary>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>What the module computes; call it through <see cref="call"/>.</summary>
            public abstract TResult forward(T input);

            /// <summary>Runs forward between the hooks.</summary>
            public TResult call(T input)
            {
                if (HasNoHooks)
                {
                    return forward(input);
                }
                Before();
                foreach (var hook in PreHooks.Values)
                {
                    if (hook(this, input) is { } replaced)
                    {
                        input = replaced;
                    }
                }
                var result = forward(input);
                foreach (var hook in PostHooks.Values)
                {
                    if (hook(this, input, result) is { } replaced)
                    {
                        result = replaced;
                    }
                }
                After();
                return result;
            }
        }

        /// <summary>What can be called with two inputs.</summary>
        public interface IModule<T1, T2, TResult>
        {
            /// <summary>Runs the module.</summary>
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>A module of two inputs.</summary>
        public abstract class Module<T1, T2, TResult>
            : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>,
              IModule<T1, T2, TResult>
        {
            /// <summary>Starts an empty module.</summary>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>What the module computes; call it through <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs forward between the hooks.</summary>
            public TResult call(T1 input1, T2 input2)
            {
                if (HasNoHooks)
                {
                    return forward(input1, input2);
                }
                Before();
                foreach (var hook in PreHooks.Values)
                {
                    if (hook(this, input1, input2) is { } replaced)
                    {
                        (input1, input2) = replaced;
                    }
                }
                var result = forward(input1, input2);
                foreach (var hook in PostHooks.Values)
                {
                    if (hook(this, input1, input2, result) is { } replaced)
                    {
                        result = replaced;
                    }
                }
                After();
                return result;
            }
        }

        /// <summary>What can be called with three inputs.</summary>
        public interface IModule<T1, T2, T3, TResult>
        {
            /// <summary>Runs the module.</summary>
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>A module of three inputs.</summary>
        public abstract class Module<T1, T2, T3, TResult>
            : HookableModule<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>,
                Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>,
              IModule<T1, T2, T3, TResult>
        {
            /// <summary>Starts an empty module.</summary>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>What the module computes; call it through <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Runs forward between the hooks.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                if (HasNoHooks)
                {
                    return forward(input1, input2, input3);
                }
                Before();
                foreach (var hook in PreHooks.Values)
                {
                    if (hook(this, input1, input2, input3) is { } replaced)
                    {
                        (input1, input2, input3) = replaced;
                    }
                }
                var result = forward(input1, input2, input3);
                foreach (var hook in PostHooks.Values)
                {
                    if (hook(this, input1, input2, input3, result) is { } replaced)
                    {
                        result = replaced;
                    }
                }
                After();
                return result;
            }
        }

        /// <summary>What can be called with four inputs.</summary>
        public interface IModule<T1, T2, T3, T4, TResult>
        {
            /// <summary>Runs the module.</summary>
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4);
        }

        /// <summary>A module of four inputs.</summary>
        public abstract class Module<T1, T2, T3, T4, TResult>
            : HookableModule<Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?>,
                Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult>>,
              IModule<T1, T2, T3, T4, TResult>
        {
            /// <summary>Starts an empty module.</summary>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>What the module computes; call it through <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            /// <summary>Runs forward between the hooks.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4)
            {
                if (HasNoHooks)
                {
                    return forward(input1, input2, input3, input4);
                }
                Before();
                foreach (var hook in PreHooks.Values)
                {
                    if (hook(this, input1, input2, input3, input4) is { } replaced)
                    {
                        (input1, input2, input3, input4) = replaced;
                    }
                }
                var result = forward(input1, input2, input3, input4);
                foreach (var hook in PostHooks.Values)
                {
                    if (hook(this, input1, input2, input3, input4, result) is { } replaced)
                    {
                        result = replaced;
                    }
                }
                After();
                return result;
            }
        }

        /// <summary>What can be called with five inputs.</summary>
        public interface IModule<T1, T2, T3, T4, T5, TResult>
        {
            /// <summary>Runs the module.</summary>
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);
        }

        /// <summary>A module of five inputs.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, TResult>
            : HookableModule<Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?>,
                Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult>>,
              IModule<T1, T2, T3, T4, T5, TResult>
        {
            /// <summary>Starts an empty module.</summary>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>What the module computes; call it through <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);

            /// <summary>Runs forward between the hooks.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5)
            {
                if (HasNoHooks)
                {
                    return forward(input1, input2, input3, input4, input5);
                }
                Before();
                foreach (var hook in PreHooks.Values)
                {
                    if (hook(this, input1, input2, input3, input4, input5) is { } replaced)
                    {
                        (input1, input2, input3, input4, input5) = replaced;
                    }
                }
                var result = forward(input1, input2, input3, input4, input5);
                foreach (var hook in PostHooks.Values)
                {
                    if (hook(this, input1, input2, input3, input4, input5, result) is { } replaced)
                    {
                        result = replaced;
                    }
                }
                After();
                return result;
            }
        }

        /// <summary>What can be called with six inputs.</summary>
        public interface IModule<T1, T2, T3, T4, T5, T6, TResult>
        {
            /// <summary>Runs the module.</summary>
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);
        }

        /// <summary>A module of six inputs.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, T6, TResult>
            : HookableModule<Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?>,
                Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult>>,
              IModule<T1, T2, T3, T4, T5, T6, TResult>
        {
            /// <summary>Starts an empty module.</summary>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>What the module computes; call it through <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);

            /// <summary>Runs forward between the hooks.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6)
            {
                if (HasNoHooks)
                {
                    return forward(input1, input2, input3, input4, input5, input6);
                }
                Before();
                foreach (var hook in PreHooks.Values)
                {
                    if (hook(this, input1, input2, input3, input4, input5, input6) is { } replaced)
                    {
                        (input1, input2, input3, input4, input5, input6) = replaced;
                    }
                }
                var result = forward(input1, input2, input3, input4, input5, input6);
                foreach (var hook in PostHooks.Values)
                {
                    if (hook(this, input1, input2, input3, input4, input5, input6, result) is { } replaced)
                    {
                        result = replaced;
                    }
                }
                After();
                return result;
            }
        }
    }
}
