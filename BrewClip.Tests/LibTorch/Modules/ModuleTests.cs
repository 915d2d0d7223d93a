using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Modules;

public class ModuleTests
{
    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly Linear c_fc;
        private readonly Sequential mlp;
        private readonly ModuleList<LayerNorm> norms;
        private readonly Parameter scale;
        private readonly Tensor steps;

        [ComponentName(Name = "renamed")]
        private readonly Linear _hidden;

        public Block() : base(nameof(Block))
        {
            c_fc = nn.Linear(4, 4);
            mlp = nn.Sequential(("up", nn.Linear(4, 8)), ("act", nn.GELU()), ("down", nn.Linear(8, 4, hasBias: false)));
            norms = nn.ModuleList(nn.LayerNorm(4), nn.LayerNorm(4));
            scale = nn.Parameter(ones(4));
            steps = zeros(1, dtype: ScalarType.Int64);
            _hidden = nn.Linear(4, 4);
            RegisterComponents();
            register_buffer("mask", ones(4, 4), persistent: false);
        }

        public Parameter Scale => scale;

        public Linear Hidden => _hidden;

        public Tensor Steps => steps;

        public override Tensor forward(Tensor input) => norms[1].call(mlp.call(norms[0].call(c_fc.call(input))) * scale);
    }

    private static readonly string[] Names =
    [
        "scale", "c_fc.weight", "c_fc.bias", "mlp.up.weight", "mlp.up.bias", "mlp.down.weight", "norms.0.weight", "norms.0.bias",
        "norms.1.weight", "norms.1.bias", "renamed.weight", "renamed.bias", "steps",
    ];

    [Fact]
    public void A_state_dict_is_named_after_fields_positions_and_component_names()
    {
        using var block = new Block();
        Assert.Equal(Names.Order(), block.state_dict().Keys.Order());
        Assert.Equal(Names.Where(name => name != "steps").Order(), block.named_parameters().Select(named => named.name).Order());
        Assert.Equal(["steps"], block.named_buffers().Select(named => named.name));
        Assert.Equal(Names.Select(name => "block." + name).Order(), block.state_dict(prefix: "block").Keys.Order());
    }

    [Fact]
    public void Modules_parameters_and_buffers_are_found_by_their_dotted_names()
    {
        using var block = new Block();
        Assert.Same(block.Hidden.weight, block.get_parameter("renamed.weight"));
        Assert.Equal([8, 4], block.get_parameter("mlp.up.weight")!.shape);
        Assert.Null(block.get_parameter("mlp.up.none"));
        Assert.NotNull(block.get_buffer("mask"));
        Assert.True(block.has_parameter("norms.1.bias"));
        Assert.False(block.has_buffer("norms.1.bias"));
        Assert.Equal(["c_fc", "mlp", "norms", "renamed"], block.named_children().Select(named => named.name).Order());
        Assert.Contains("mlp.act", block.named_modules().Select(named => named.name));
        Assert.Equal("Block", block.GetName());
    }

    [Fact]
    public void A_sequence_without_names_is_numbered()
    {
        using var sequence = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], sequence.state_dict().Keys);
        using var input = ones(5, 2);
        using var result = sequence.call(input);
        Assert.Equal([5, 1], result.shape);
        Assert.False(input.IsInvalid);
        Assert.Equal(3, sequence.Count);
    }

    [Fact]
    public void A_strict_load_of_other_names_throws_and_changes_nothing()
    {
        using var block = new Block();
        var source = block.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());
        source.Remove("scale");
        source["surplus"] = zeros(1);
        source["c_fc.bias"].fill_(7);
        Assert.Throws<InvalidOperationException>(() => block.load_state_dict(source));
        Assert.DoesNotContain(7.0, Numbers.Of(block.get_parameter("c_fc.bias")!));
    }

    [Fact]
    public void A_lenient_load_copies_what_fits_and_tells_the_rest()
    {
        using var block = new Block();
        var scale = block.Scale;
        var (missing, unexpected) = block.load_state_dict(
            new() { ["scale"] = full(4, 3, dtype: ScalarType.Float16), ["surplus"] = zeros(1), ["other"] = zeros(1) }, strict: false,
            skip: ["other"]);
        Assert.Equal(["surplus"], unexpected);
        Assert.Equal(Names.Length - 1, missing.Count);
        Assert.DoesNotContain("scale", missing);
        Assert.Same(scale, block.Scale);
        Assert.Equal([3, 3, 3, 3], Numbers.Of(scale));
        Assert.Equal(ScalarType.Float32, scale.dtype);
        foreach (long length in new[] { 1, 5 })
        {
            var failure = Assert.Throws<InvalidOperationException>(
                () => block.load_state_dict(new() { ["scale"] = zeros(length) }, strict: false));
            Assert.StartsWith($"'scale' has the shape [{length}] in the loaded state_dict and [4] in the module", failure.Message);
        }
        Assert.Equal([3, 3, 3, 3], Numbers.Of(scale));
    }

    [Fact]
    public void A_conversion_replaces_the_parameters_in_the_fields_and_keeps_their_gradients()
    {
        using var block = new Block();
        var (before, weight) = (block.Scale, block.Hidden.weight);
        using (var result = block.call(ones(2, 4)).sum())
        {
            result.backward();
        }
        Block same = block.to(ScalarType.Float64);
        Assert.Same(block, same);
        Assert.NotSame(before, block.Scale);
        Assert.NotSame(weight, block.Hidden.weight);
        Assert.Same(block.Scale, block.get_parameter("scale"));
        Assert.All(block.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.All(block.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
        Assert.Equal(ScalarType.Int64, block.Steps.dtype);
        using var gradient = block.Scale.grad;
        Assert.Equal(ScalarType.Float64, gradient!.dtype);
        using var converted = block.call(ones(2, 4, dtype: ScalarType.Float64));
        Assert.Equal(ScalarType.Float64, converted.dtype);
        var kept = block.Scale;
        block.to(ScalarType.Float64).cpu();
        Assert.Same(kept, block.Scale);
        Assert.Throws<ArgumentException>(() => block.to(ScalarType.Int64));
    }

    [Fact]
    public void A_move_to_a_device_that_is_not_there_is_refused_and_changes_nothing()
    {
        if (cuda.is_available())
        {
            return;
        }
        using var block = new Block();
        var scale = block.Scale;
        Assert.Throws<InvalidOperationException>(() => block.cuda());
        Assert.Same(scale, block.Scale);
        Assert.False(scale.IsInvalid);
    }

    [Fact]
    public void Training_is_switched_for_the_whole_tree()
    {
        using var block = new Block();
        Assert.True(block.training);
        block.eval();
        Assert.All(block.modules().Append(block), module => Assert.False(module.training));
        block.train();
        Assert.All(block.modules().Append(block), module => Assert.True(module.training));
        var visited = new List<string>();
        block.apply(module => visited.Add(module.GetName()));
        Assert.Equal("Block", visited[^1]);
        Assert.Equal(4, visited.Count(name => name == "Linear"));
    }

    [Fact]
    public void Layers_made_in_a_scope_survive_it_and_bare_parameters_do_not()
    {
        Linear layer;
        Embedding table;
        Parameter bare;
        using (NewDisposeScope())
        {
            layer = nn.Linear(2, 2);
            table = nn.Embedding(2, 2);
            bare = nn.Parameter(ones(2));
        }
        Assert.False(layer.weight.IsInvalid);
        Assert.False(layer.bias!.IsInvalid);
        Assert.False(table.weight!.IsInvalid);
        Assert.True(bare.IsInvalid);
        layer.Dispose();
        table.Dispose();
        Assert.True(layer.weight.IsInvalid);
    }

    [Fact]
    public void Disposing_a_module_disposes_all_that_it_holds()
    {
        var block = new Block();
        Tensor[] tensors = [.. block.state_dict().Values];
        block.Dispose();
        block.Dispose();
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void A_modules_zero_grad_drops_gradients_or_zeroes_them()
    {
        using var layer = nn.Linear(3, 2);
        using var input = ones(1, 3);
        layer.call(input).sum().backward();
        layer.zero_grad(set_to_none: false);
        using (var gradient = layer.weight.grad)
        {
            Assert.Equal(0, Numbers.Of(gradient!).Max());
        }
        layer.zero_grad();
        Assert.Null(layer.weight.grad);
        Assert.Null(layer.bias!.grad);
    }

    private sealed class Tied : nn.Module<Tensor, Tensor>
    {
        private readonly Linear a = nn.Linear(2, 2, hasBias: false);
        private readonly Linear b;

        public Tied() : base(nameof(Tied))
        {
            b = nn.Linear(a.weight);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => b.call(a.call(input));
    }

    [Fact]
    public void A_shared_parameter_is_trained_once_and_saved_under_both_names()
    {
        using var pair = new Tied();
        Assert.Single(pair.parameters());
        Assert.Equal(["a.weight", "b.weight"], pair.state_dict().Keys);
    }

    [Fact]
    public void Names_are_taken_once_and_hold_no_dots()
    {
        using var block = new Block();
        Assert.Throws<InvalidOperationException>(() => block.register_module("mlp", nn.ReLU()));
        Assert.Throws<InvalidOperationException>(() => block.register_buffer("mask", zeros(1)));
        Assert.Throws<InvalidOperationException>(() => block.register_parameter("scale", nn.Parameter(zeros(1))));
        Assert.Throws<ArgumentException>(() => block.register_module("a.b", nn.ReLU()));
        Assert.Throws<ArgumentNullException>(() => block.register_buffer("none", null!));
    }

    [Fact]
    public void Hooks_see_and_change_what_passes_through()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Identity();
        var calls = new List<string>();
        var before = layer.register_forward_pre_hook((_, input) => input + 1);
        var after = layer.register_forward_hook((_, _, result) => result * 10);
        layer.register_forward_hook(module => calls.Add(module.GetName()));
        Assert.Equal([20], Numbers.Of(layer.call(ones(1))));
        before.remove();
        after.remove();
        Assert.Equal([1], Numbers.Of(layer.call(ones(1))));
        Assert.Equal(["Identity", "Identity"], calls);
    }

    private sealed class Sum6 : nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>
    {
        public Sum6() : base(nameof(Sum6)) => RegisterComponents();

        public override Tensor forward(Tensor input1, Tensor input2, Tensor input3, Tensor input4, Tensor input5, Tensor input6) =>
            input1 + input2 + input3 + input4 + input5 + input6;
    }

    [Fact]
    public void A_module_takes_up_to_six_inputs()
    {
        using var scope = NewDisposeScope();
        using var module = new Sum6();
        var one = ones(1);
        Assert.Equal([6], Numbers.Of(module.call(one, one, one, one, one, one)));
        module.register_forward_pre_hook((_, a, b, c, d, e, f) => (a + 1, b, c, d, e, f));
        Assert.Equal([7], Numbers.Of(module.call(one, one, one, one, one, one)));
    }
}
