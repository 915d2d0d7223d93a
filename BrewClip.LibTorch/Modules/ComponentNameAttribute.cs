namespace TorchSharp.Utils;

/// <summary>Gives a component another name in its module's state_dict than its field's.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class ComponentNameAttribute : Attribute
{
    /// <summary>The component's name.</summary>
    public string Name { get; set; } = "";
}
