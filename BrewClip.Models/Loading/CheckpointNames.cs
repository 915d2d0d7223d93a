using BrewClip.Core.Checkpoints;

namespace BrewClip.Models.Loading;

/// <summary>What one kind of network calls its parameters, in the hub's files and in others.</summary>
internal abstract class CheckpointNames
{
    /// <summary>The parameters that a tensor of a file holds, under the hub's names; none where it is a legacy buffer.</summary>
    public abstract IEnumerable<StoredParameter> Translate(TensorInfo tensor);
}
