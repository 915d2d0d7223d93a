namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose call can be watched and changed by hooks.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            /// <summary>Hooks before forward that may replace the inputs, in order of registration.</summary>
            private protected OrderedDictionary<string, TPreHook> PreHooks { get; } = [];

            /// <summary>Hooks after forward that may replace the result, in order of registration.</summary>
            private protected OrderedDictionary<string, TPostHook> PostHooks { get; } = [];

            private readonly OrderedDictionary<string, Action<Module>> _before = [];
            private readonly OrderedDictionary<string, Action<Module>> _after = [];

            /// <summary>Starts an empty module.</summary>
            protected HookableModule(string name) : base(name)
            {
            }

            /// <summary>Adds a hook that sees inputs and result; what it returns, unless null, is the result.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Add(PostHooks, hook);

            /// <summary>Adds a hook that sees the inputs; what it returns, unless null, are the inputs.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(PreHooks, hook);

            /// <summary>Adds an action to be done after each call.</summary>
            public HookRemover register_forward_hook(Action<Module> hook) => Add(_after, hook);

            /// <summary>Adds an action to be done before each call.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(_before, hook);

            private protected void Before()
            {
                foreach (var hook in _before.Values)
                {
                    hook(this);
                }
            }

            private protected void After()
            {
                foreach (var hook in _after.Values)
                {
                    hook(this);
                }
            }

            private protected bool HasNoHooks => (PreHooks.Count | PostHooks.Count | _before.Count | _after.Count) == 0;

            private HookRemover Add<THook>(OrderedDictionary<string, THook> hooks, THook hook)
            {
                var key = Guid.NewGuid().ToString();
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            private void Remove(string key)
            {
                PreHooks.Remove(key);
                PostHooks.Remove(key);
                _before.Remove(key);
                _after.Remove(key);
            }

            /// <summary>Takes one hook away again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly string _key;

                internal HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
                {
                    _module = module;
                    _key = key;
                }

                /// <summary>Takes the hook away.</summary>
                public void remove() => _module.Remove(_key);
            }
        }
    }
}
