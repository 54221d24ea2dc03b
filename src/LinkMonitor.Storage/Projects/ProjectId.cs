using System.Security.Cryptography;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Projects;

/// <summary>The identity of a project: <c>prj_</c> and 16 lower-case base-32 characters, drawn at random.</summary>
public readonly record struct ProjectId(string Value)
{
    private const string Prefix = "prj_";
    private const int Length = 16;
    private const int Bytes = 10;

    /// <summary>Draws a new identity: 80 random bits.</summary>
    public static ProjectId New() => new(Prefix + ShortHash.Base32(RandomNumberGenerator.GetBytes(Bytes), Length));

    /// <summary>Whether a text has the form of an identity; it says nothing of whether there is such a project.</summary>
    public static bool IsValid(string? text) => ShortHash.IsWellFormed(text, Prefix, Length);

    public override string ToString() => Value;
}
