using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Publishing;

/// <summary>Which report an address opens, as its token has it. A vendor is in it by a hash: a name may be longer than an address.</summary>
/// <param name="Id">What the token carries.</param>
internal sealed record SharedReport(string Id)
{
    private const string VendorPrefix = "vendor.";
    private const string LinkPrefix = "link.";

    // 128 bits: nobody finds two names for one.
    private const int HashBytes = 16;

    public static SharedReport Vendors { get; } = new("vendors");

    public static SharedReport OfVendor(string vendor) => new(VendorPrefix + Hash(vendor));

    public static SharedReport OfLink(LinkId link) => new(LinkPrefix + link.Value);

    /// <summary>The link whose refund pack it is; null for another report.</summary>
    public LinkId? Link => Id.StartsWith(LinkPrefix, StringComparison.Ordinal) ? new LinkId(Id[LinkPrefix.Length..]) : null;

    /// <summary>Whether it is the refund pack of a vendor with that name.</summary>
    public bool IsOf(string? vendor) => vendor is not null && Id == VendorPrefix + Hash(vendor);

    private static string Hash(string vendor) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(VendorName.Key(vendor))).AsSpan(0, HashBytes));
}
