using System.Text.RegularExpressions;
using LinkMonitor.Tests.Docs;

namespace LinkMonitor.Tests.Architecture;

/// <summary>
/// The order of using lines, as <c>dotnet format</c> sorts them: the one thing that it mends and neither the build nor its whitespace step
/// finds.
/// </summary>
public sealed partial class UsingOrderTests
{
    private static readonly string[] Folders = ["src", "tests", "bench"];

    [Fact]
    public void Using_lines_are_sorted_everywhere() => Assert.Empty(Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Checkout.Path, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !IsSorted(File.ReadLines(file)))
        .Select(file => $"Run dotnet format: {Path.GetRelativePath(Checkout.Path, file)}"));

    [Theory]
    [InlineData(true, "using System.Text;", "using Azure;", "using static System.Math;", "using A = Azure;")]
    [InlineData(true, "using Azure;", "using Azure.Core;", "using azurite;", "namespace X;", "using var a = b;")]
    [InlineData(false, "using Azure;", "using System;")]
    [InlineData(false, "using LinkMonitor.Storage;", "using LinkMonitor.Engine;")]
    [InlineData(false, "using static System.Math;", "using Moq;")]
    public void The_test_sees_what_is_out_of_order(bool isSorted, params string[] lines) =>
        Assert.Equal(isSorted, IsSorted(lines));

    private static bool IsSorted(IEnumerable<string> lines)
    {
        var names = lines.Select(line => UsingLine().Match(line)).Where(match => match.Success).ToList();
        return names.Zip(names.Skip(1)).All(pair => Compare(pair.First, pair.Second) <= 0);
    }

    private static int Compare(Match one, Match other)
    {
        var (left, right) = (Rank(one), Rank(other));
        return left != right
            ? left.CompareTo(right)
            : CompareNames(one.Groups["name"].Value.Split('.'), other.Groups["name"].Value.Split('.'));
    }

    // Namespaces, then static ones, then aliases; System first within each.
    private static int Rank(Match line) =>
        (line.Groups["alias"].Success ? 4 : line.Groups["static"].Success ? 2 : 0)
            + (line.Groups["name"].Value.Split('.')[0] == "System" ? 0 : 1);

    private static int CompareNames(string[] one, string[] other)
    {
        var first = one.Zip(other)
            .Select(pair => string.Compare(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase))
            .FirstOrDefault(order => order != 0);
        return first != 0 ? first : one.Length.CompareTo(other.Length);
    }

    [GeneratedRegex(@"^(global )?using (?<static>static )?(?<name>[\w.]+)(?<alias> = [\w.<>, \[\]?:]+)?;\s*$")]
    private static partial Regex UsingLine();
}
