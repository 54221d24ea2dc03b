using System.Text.RegularExpressions;
using LinkMonitor.Tests.Docs;

namespace LinkMonitor.Tests.Architecture;

/// <summary>
/// Which types of <c>src</c> with logic have no test of their own. Those that the tests reach only through others may become fewer, never
/// more.
/// </summary>
public sealed partial class MirrorTests
{
    // What is shorter is proved by whoever uses it.
    private const int LongerThan = 25;

    /// <summary>Types with logic that no test names. Lower it whenever a type gets a test; never raise it.</summary>
    private const int Unnamed = 216;

    [Fact]
    public void Types_with_logic_that_no_test_names_become_fewer_and_never_more()
    {
        var tests = Files("tests");
        var named = tests.SelectMany(path => Word().Matches(Read(path)).Select(match => Tested(match.Value)))
            .ToHashSet(StringComparer.Ordinal);
        var unnamed = Files("src").SelectMany(path => TypesOf(Read(path)).Where(HasLogic).Select(type => (type.Name, path)))
            .Where(type => !named.Contains(type.Name)).OrderBy(type => type.path, StringComparer.Ordinal).ToList();

        Assert.True(
            unnamed.Count <= Unnamed,
            $"{unnamed.Count} types with logic are named by no test, and {Unnamed} are allowed. Give the new one "
                + $"a test file at the mirrored path:\n{string.Join('\n', unnamed.Select(type => $"{type.Name} in {type.path}"))}");
        Assert.True(unnamed.Count == Unnamed, $"Lower {nameof(Unnamed)} to {unnamed.Count}, so that it stays so.");
    }

    [Fact]
    public void A_test_that_is_named_for_a_type_lies_where_the_type_does()
    {
        var homes = Files("src").SelectMany(path => TypesOf(Read(path)).Select(type => (type.Name, Mirror(path))))
            .ToLookup(type => type.Name, type => type.Item2, StringComparer.Ordinal);
        var strays = Files(Path.Combine("tests", "LinkMonitor.Tests"))
            .Select(path => (path, Type: Tested(Path.GetFileNameWithoutExtension(path)), At: FolderIn(path)))
            .Where(test => Path.GetFileNameWithoutExtension(test.path) != test.Type && homes.Contains(test.Type))
            .Where(test => !homes[test.Type].Contains(test.At))
            .Select(test => $"{test.path} is for {test.Type}, whose tests lie in {homes[test.Type].First()}");

        Assert.Empty(strays);
    }

    [Theory]
    [InlineData("if (a)\n    b();", true)]
    [InlineData("await a;", true)]
    [InlineData("foreach (var a in b)\n    c();", true)]
    [InlineData("a();", false)]
    [InlineData("// if only comments say so\na();", false)]
    public void A_type_has_logic_when_it_is_long_and_decides_or_waits(string body, bool isLogic)
    {
        var lines = string.Join('\n', Enumerable.Repeat("    x();", LongerThan));

        Assert.Equal(isLogic, HasLogic(Assert.Single(TypesOf($"internal sealed class A\n{{\n{body}\n{lines}\n}}"))));
        Assert.False(HasLogic(Assert.Single(TypesOf($"internal sealed class A\n{{\n{body}\n}}"))));
    }

    [Fact]
    public void The_types_of_a_file_are_told_apart() =>
        Assert.Equal(["A", "B"], TypesOf("public record A(int X);\n\ninternal static class B\n{\n}\n").Select(type => type.Name));

    private static IEnumerable<(string Name, string Body)> TypesOf(string text)
    {
        var starts = Declaration().Matches(text).ToList();
        return starts.Select((match, at) => (
            match.Groups["name"].Value,
            text[match.Index..(at + 1 < starts.Count ? starts[at + 1].Index : text.Length)]));
    }

    private static bool HasLogic((string Name, string Body) type)
    {
        var lines = type.Body.Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)).ToList();
        return lines.Count > LongerThan && lines.Any(line => Deciding().IsMatch(line));
    }

    private static string Tested(string name) => name.EndsWith("Tests", StringComparison.Ordinal) ? name[..^"Tests".Length] : name;

    private static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Path.Combine(Checkout.Path, folder), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Contains("obj"))
        .Select(path => Path.GetRelativePath(Checkout.Path, path).Replace(Path.DirectorySeparatorChar, '/'));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Checkout.Path, path));

    // LinkMonitor/Alerts/A.cs has its tests in Alerts, LinkMonitor.Engine/Urls/B.cs in Engine/Urls.
    private static string Mirror(string path)
    {
        var parts = path.Split('/')[1..^1];
        return string.Join('/', parts[0] == "LinkMonitor" ? parts[1..] : [parts[0]["LinkMonitor.".Length..], .. parts[1..]]);
    }

    private static string FolderIn(string path) => string.Join('/', path.Split('/')[2..^1]);

    [GeneratedRegex(
        @"^(?:public |internal |sealed |static |abstract |readonly |partial |file )*"
        + @"(?:class|record struct|record|struct|interface|enum) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b(if|for|foreach|while|switch|catch|await)\b")]
    private static partial Regex Deciding();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();
}
