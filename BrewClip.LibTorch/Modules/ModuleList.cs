using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A list of modules, registered under their positions when the list becomes part of a module.</summary>
    public class ModuleList<T> : nn.Module, IList<T> where T : nn.Module
    {
        private readonly List<T> _list;
        private bool _registered;

        /// <summary>Makes a list of the given modules.</summary>
        public ModuleList(params T[] modules) : base(nameof(ModuleList<>))
        {
            _list = [.. modules];
        }

        /// <inheritdoc/>
        protected override void RegisterComponents()
        {
            if (_registered)
            {
                return;
            }
            _registered = true;
            for (var i = 0; i < _list.Count; i++)
            {
                register_module(i.ToString(System.Globalization.CultureInfo.InvariantCulture), _list[i]);
            }
        }

        /// <summary>The module at a position.</summary>
        public T this[int index]
        {
            get => _list[index];
            set => _list[index] = value;
        }

        /// <summary>How many modules there are.</summary>
        public int Count => _list.Count;

        /// <summary>False.</summary>
        public bool IsReadOnly => false;

        /// <summary>Adds a module at the end.</summary>
        public void Add(T item) => _list.Add(item);

        /// <summary>Adds modules at the end.</summary>
        public void append(params T[] parameters) => _list.AddRange(parameters);

        /// <summary>Adds modules at the end.</summary>
        public void extend(IEnumerable<T> modules) => _list.AddRange(modules);

        /// <summary>Empties the list.</summary>
        public void Clear() => _list.Clear();

        /// <summary>Whether a module is in the list.</summary>
        public bool Contains(T item) => _list.Contains(item);

        /// <summary>Copies the modules into an array.</summary>
        public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

        /// <summary>The modules in order.</summary>
        public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

        /// <summary>A module's position, or -1.</summary>
        public int IndexOf(T item) => _list.IndexOf(item);

        /// <summary>Inserts a module at a position.</summary>
        public void Insert(int index, T item) => _list.Insert(index, item);

        /// <summary>Takes a module out of the list.</summary>
        public bool Remove(T item) => _list.Remove(item);

        /// <summary>Takes out the module at a position.</summary>
        public void RemoveAt(int index) => _list.RemoveAt(index);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A list of modules.</summary>
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            /// <summary>A list of modules of one type.</summary>
            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
        }
    }
}
