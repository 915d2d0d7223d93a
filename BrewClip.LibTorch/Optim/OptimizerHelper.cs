using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What optimizers share: groups, states, saving.</summary>
public abstract class OptimizerHelper : Optimizer
{
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    /// <summary>What a group's options leave open.</summary>
    protected OptimizerOptions _defaults = new();

    private protected OptimizerState StateOf(Parameter parameter) => _states[parameter];

    // Enumerated once: a lazy sequence would walk the module's tree at every step, and follow it into parameters without a state.
    private protected void Add(ParamGroup group, Func<Parameter, OptimizerState> stateOf)
    {
        var parameters = group.Parameters.ToList();
        if (parameters.Find(_states.ContainsKey) is { } twice)
        {
            throw new ArgumentException(
                $"A parameter of shape [{string.Join(", ", twice.shape)}] is already in this optimizer.", nameof(group));
        }
        group.Parameters = parameters;
        group.InitialLearningRate = group.LearningRate;
        _parameter_groups.Add(group);
        foreach (var parameter in parameters)
        {
            var state = stateOf(parameter);
            state.Initialize(group.Options);
            _states[parameter] = state;
        }
    }

    /// <inheritdoc/>
    public override void zero_grad()
    {
        using var silent = no_grad();
        foreach (var parameter in parameters())
        {
            using var gradient = parameter.grad;
            gradient?.zero_();
        }
    }

    /// <summary>Calls the closure with gradients, then the body for each group without.</summary>
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var recording = enable_grad();
            loss = loss_closure();
        }
        using var silent = no_grad();
        foreach (var group in _parameter_groups)
        {
            body((T)group);
        }
        return loss;
    }

    /// <summary>The live settings and states.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            var positions = new List<int>();
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add(positions);
            foreach (var parameter in group.Parameters)
            {
                positions.Add(dictionary.State.Count);
                dictionary.State.Add(_states[parameter]);
            }
        }
        return dictionary;
    }

    /// <summary>Copies another optimizer's settings and states; groups and parameters must be as many.</summary>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        Check(own, state_dict.Options.Count, state_dict.State.Count);
        for (var i = 0; i < own.Options.Count; i++)
        {
            own.Options[i].LoadStateDict(state_dict.Options[i]);
        }
        for (var i = 0; i < own.State.Count; i++)
        {
            if (!ReferenceEquals(own.State[i], state_dict.State[i]))
            {
                own.State[i].LoadStateDict(state_dict.State[i]);
            }
        }
    }

    /// <summary>Writes settings and states to a file in TorchSharp's layout.</summary>
    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    /// <summary>Writes settings and states in TorchSharp's layout.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        var own = state_dict();
        writer.Write(GetType().Name);
        writer.Write7BitEncodedInt64(own.Options.Count);
        writer.Write7BitEncodedInt64(own.State.Count);
        own.Options.ForEach(options => options.SaveStateDict(writer));
        own.State.ForEach(state => state.SaveStateDict(writer));
    }

    /// <summary>Reads a file that <see cref="save_state_dict(string)"/> wrote.</summary>
    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    /// <summary>Reads what <see cref="save_state_dict(BinaryWriter)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is another kind of optimizer's.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        var kind = reader.ReadString();
        if (kind != GetType().Name)
        {
            throw new InvalidDataException($"The state was saved by '{kind}' and cannot be loaded into '{GetType().Name}'.");
        }
        var own = state_dict();
        Check(own, reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        own.Options.ForEach(options => options.LoadStateDict(reader));
        own.State.ForEach(state => state.LoadStateDict(reader));
    }

    /// <summary>Moves the states to a device.</summary>
    public void to(Device device)
    {
        foreach (var state in _states.Values)
        {
            state.to(device);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (var state in _states.Values.OfType<IDisposable>())
        {
            state.Dispose();
        }
        _states.Clear();
    }

    private static void Check(StateDictionary own, long groups, long states)
    {
        if (groups != own.Options.Count || states != own.State.Count)
        {
            throw new ArgumentException(
                $"The state has {groups} groups and {states} parameters, this optimizer {own.Options.Count} and {own.State.Count}.");
        }
    }
}
