/* Words that driver sources carry and Linux has no use for: calling
 * conventions, linkage and source annotations. They compile as nothing. */
#ifndef LOCKS_NT_WORDS_H
#define LOCKS_NT_WORDS_H

#ifndef VOID
#define VOID void
#endif
#ifndef CONST
#define CONST const
#endif
#ifndef FORCEINLINE
#define FORCEINLINE static inline __attribute__((always_inline))
#endif

/* Calling conventions. */
#define NTAPI
#define FASTCALL
#define STDCALL
#define NTSYSAPI
#define NTKERNELAPI
#define NTHALAPI
#define DDKAPI
#define DECLSPEC_IMPORT

/* Parameter direction, old style and SAL. */
#ifndef IN
#define IN
#define OUT
#define OPTIONAL
#endif
#define _In_
#define _In_opt_
#define _Out_
#define _Out_opt_
#define _Inout_
#define _Inout_opt_
#define _Use_decl_annotations_
#define _Must_inspect_result_
#define _Check_return_
#define _Success_(condition)
#define _When_(condition, annotations)
#define _At_(target, annotations)
#define _Requires_lock_held_(lock)
#define _Requires_lock_not_held_(lock)
#define _Acquires_lock_(lock)
#define _Releases_lock_(lock)
#define _Acquires_nonreentrant_lock_(lock)
#define _Releases_nonreentrant_lock_(lock)
#define _Guarded_by_(lock)
#define _In_reads_(count)
#define _In_reads_bytes_(bytes)
#define _Out_writes_(count)
#define _Outptr_
#define _Ret_maybenull_
#define _Pre_satisfies_(condition)
#define _Post_satisfies_(condition)
#define _Interlocked_operand_
#define _Function_class_(name)
#define _IRQL_uses_cancel_
#define _IRQL_is_cancel_
#define _Requires_exclusive_lock_held_(lock)
#define _Requires_shared_lock_held_(lock)
#define _Acquires_exclusive_lock_(lock)
#define _Acquires_shared_lock_(lock)
#define _Releases_exclusive_lock_(lock)
#define _Releases_shared_lock_(lock)
#define __drv_maxIRQL(level)
#define __drv_minIRQL(level)
#define __drv_requiresIRQL(level)
#define __drv_raisesIRQL(level)
#define __drv_savesIRQL
#define __drv_restoresIRQL
#define __drv_sameIRQL

/* Interrupt request levels of an annotated routine. */
#define _IRQL_requires_(level)
#define _IRQL_requires_min_(level)
#define _IRQL_requires_max_(level)
#define _IRQL_requires_same_
#define _IRQL_raises_(level)
#define _IRQL_saves_
#define _IRQL_saves_global_(kind, parameter)
#define _IRQL_restores_
#define _IRQL_restores_global_(kind, parameter)
#define _IRQL_always_function_min_(level)
#define _IRQL_always_function_max_(level)

#ifndef UNREFERENCED_PARAMETER
#define UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#endif

#endif
